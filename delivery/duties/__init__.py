"""What of the delivery wing waits for whom, by the document that waits."""
