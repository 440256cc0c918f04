// Drives the simulator with Adyen's own client. Reads one JSON object of settings from argv, prints one of answers.
"use strict";
const settings = JSON.parse(process.argv[2]);
const { Client, TerminalLocalAPI, EnvironmentEnum } = require(require.resolve("@adyen/api-library", { paths: [settings.library] }));

// The library always appends ":8443/nexo/"; as a query it leaves the port to us.
const client = new Client({
  apiKey: "none",
  environment: EnvironmentEnum.TEST,
  certificatePath: settings.certificate,
  terminalApiLocalEndpoint: `https://127.0.0.1:${settings.port}/nexo?`,
  connectionTimeoutMillis: 20000,
});
const api = new TerminalLocalAPI(client);
const key = {
  AdyenCryptoVersion: 1,
  KeyIdentifier: settings.key_identifier,
  KeyVersion: settings.key_version,
  Passphrase: settings.passphrase,
};

function message(category, service, body) {
  return {
    SaleToPOIRequest: {
      MessageHeader: {
        ProtocolVersion: "3.0",
        MessageClass: "Service",
        MessageCategory: category,
        MessageType: "Request",
        ServiceID: service,
        SaleID: "AdyenLane",
        POIID: settings.terminal,
      },
      [`${category}Request`]: body,
    },
  };
}

(async () => {
  const answers = [];
  for (const [category, service, body] of settings.requests) {
    try {
      const answer = await api.request(message(category, service, body), key);
      answers.push(answer.SaleToPOIResponse ?? {});
    } catch (error) {
      answers.push({ error: String(error.message ?? error) });
    }
  }
  console.log(JSON.stringify(answers));
})();
