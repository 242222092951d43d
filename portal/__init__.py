"""The portal: what all features stand on. It knows none of them."""
