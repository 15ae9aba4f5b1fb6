"""What a page's software prints around and into an article: buttons, forms, frames, placeholders."""
