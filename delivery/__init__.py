"""Delivery TELLS: notices become messages and leave, once, within the limits."""
