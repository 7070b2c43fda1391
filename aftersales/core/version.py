"""The version of the product, shown at the login and by health."""

VERSION = "0.2"
