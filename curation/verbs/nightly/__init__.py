"""What a nightly job asks for: what this night's batches brought, how that differs from earlier ones, and a doctor."""
