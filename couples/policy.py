"""What every answer tells the browser it may do: next to nothing (checklist G, D10)."""

from __future__ import annotations

POLICY = "; ".join(
    f"{what} 'self'"
    for what in (
        "style-src", "script-src", "connect-src", "font-src", "img-src", "manifest-src",
        "form-action",
    )
)  # fmt: skip
# None of what a page may ask a browser for; passkeys alone are asked for, by our own pages.
PERMISSIONS = ", ".join(
    [
        *(
            f"{what}=()"
            for what in (
                "accelerometer", "autoplay", "browsing-topics", "camera",
                "clipboard-read", "display-capture", "encrypted-media", "fullscreen", "geolocation",
                "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi",
                "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb",
                "xr-spatial-tracking",
            )
        ),
        "publickey-credentials-create=(self)", "publickey-credentials-get=(self)",
    ]
)  # fmt: skip
HEADERS = {
    # Our script makes no markup out of text; so no script may, whoever wrote it.
    "Content-Security-Policy": f"default-src 'none'; {POLICY}; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with it, form posts over HTTPS are refused (the CSRF check needs it).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "X-Robots-Tag": "noindex, nofollow",
}
