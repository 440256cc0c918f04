"""The only writers: one public function is one use case and one unit of work."""
