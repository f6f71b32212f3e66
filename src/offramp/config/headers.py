"""The headers every page carries: a strict content policy, few browser powers, nothing kept in caches."""

# No inline script or style, nothing from elsewhere. Images may be data: addresses, for the icons inside the stylesheet.
CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)

# The camera reads a licence's barcode; the place tells how far a service is.
POWERS = "camera=(self), geolocation=(self), publickey-credentials-get=(self), microphone=(), payment=(), usb=()"


class Headers:
    """Django middleware. A view that sets one of these headers itself keeps its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        headers.setdefault("Permissions-Policy", POWERS)
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("X-Robots-Tag", "noindex")
        # A shared patrol-car computer must not keep a person's page for the next driver's back button.
        headers.setdefault("Cache-Control", "private, no-store")
        return response
