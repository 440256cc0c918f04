"""Lane scripts: what happened at a lane, written down, played through the services the windows use. A front end."""
