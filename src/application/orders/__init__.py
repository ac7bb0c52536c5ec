"""An order from the decision to its end: sent, reported upon, looked for, cancelled."""
