"""The portfolio: free cash, the rules' settings, and the brake."""
