"""Pages that come with status 200 where a council's page was asked for → what they are.

The pages are ours; what names the product on them (a title, a script's path, a sentence) is its own.
"""

from __future__ import annotations

from typing import Final


def page(title: str, body: str, head: str = "") -> str:
    """A short page that is nothing but its message."""
    start = f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    return f"{start}<body>{body}</body></html>"


def said(words: str) -> str:
    """A page that says the words in title and heading."""
    return page(words, f"<h1>{words}</h1>")


BOT_CHALLENGE: Final = {
    "Anubis": page("Making sure you&#39;re not a bot!", "<h1>Making sure you&#39;re not a bot!</h1><p>Loading...</p>",
                   '<script id="anubis_challenge" type="application/json">{}</script>'),
    "Anubis, title alone": page("Making sure you're not a bot!", "<main><p>Calculating...</p></main>"),
    "Anubis in German": page("Ich stelle sicher, dass du kein Bot bist!",
                             '<p>Lade...</p><script src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script>'),
    "Cloudflare": page("Just a moment...", '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>'),
    "Cloudflare in German": page("Nur einen Moment...",
                                 '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>'),
    "Cloudflare Turnstile": page("Prüfung", '<div class="cf-turnstile" data-sitekey="x"></div>'),
    "ALTCHA": page("Zugriff prüfen", "<altcha-widget challengeurl='/challenge'></altcha-widget>"),
    "ALTCHA, text alone": page("Zugriffsprüfung", "<h1>Zugriff wird geprüft</h1>"),
    "AWS WAF": page("", "<p>JavaScript is disabled</p>",
                    '<script src="https://x.token.awswaf.com/x/challenge.js"></script>'
                    "<script>AwsWafIntegration.getToken()</script>"),
    "AWS WAF captcha": page("Human Verification", "<script>let awsWafCookieDomainList=[] // aws-waf-token</script>"),
    "BunkerWeb": page("BunkerWeb | Antibot", "<h1>Bitte lösen Sie die Aufgabe</h1>"),
    "hCaptcha": page("Sicherheitsabfrage", '<div class="h-captcha" data-sitekey="x"></div>'),
    "reCAPTCHA": page("Überprüfung", '<div class="g-recaptcha" data-sitekey="x"></div>'),
    "Friendly Captcha": page("Einen Augenblick", '<div class="frc-captcha" data-sitekey="x"></div>'),
    "no robot": said("Bitte bestätigen Sie, dass Sie kein Roboter sind"),
    "human?": said("Sind Sie ein Mensch?"),
    "human in English": said("Verify you are human"),
    "DDoS-Guard": page("DDoS-Guard", "<h1>Checking your browser before accessing x.example</h1>"),
    "checking the browser": said("Checking your browser before accessing the site"),
    "browser in German": said("Ihr Browser wird überprüft"),
    "Myra": page("Security check", "<p>Protected by Myra Security</p>"),
    "DataDome": page("ris.example", "<p>Please enable JS and disable any ad blocker</p>",
                     '<script src="https://ct.captcha-delivery.com/c.js"></script>'),
    "security check": said("Sicherheitsüberprüfung"),
    "bot protection": said("Bot-Schutz"),
}  # fmt: skip

FIREWALL: Final = {
    "403": said("403 Forbidden"),
    "Akamai": page("Access Denied", "<h1>Access Denied</h1>You don't have permission to access this on this server."),
    "F5": page("Request Rejected",
               "The requested URL was rejected. Please consult with your administrator. Your support ID is: 7"),
    "CloudFront": page("ERROR: The request could not be satisfied", "<h1>403 ERROR</h1><h2>Request blocked.</h2>"),
    "Cloudflare block": page("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1>"),
    "address locked": said("Ihre IP-Adresse 192.0.2.7 wurde gesperrt"),
    "address locked, short": said("Ihre IP ist gesperrt"),
    "address blocked": said("Ihre IP-Adresse wurde blockiert"),
    "address blocked in English": said("Your IP address has been blocked"),
    "access locked": said("Zugriff gesperrt"),
    "access is locked": said("Der Zugriff auf diese Seite wurde gesperrt"),
    "Sucuri": page("Sucuri WebSite Firewall - Access Denied", "<h1>Access Denied - Sucuri Website Firewall</h1>"),
    "firewall": said("Web Application Firewall"),
    "Incapsula": page("", "Request unsuccessful. Incapsula incident ID: 7"),
}  # fmt: skip
"""Programs are kept out, without a question that one could answer."""

FORBIDDEN: Final = {
    "forbidden": said("Forbidden"),
    "access denied": said("Zugriff verweigert"),
    "access not allowed": said("Zugriff nicht erlaubt"),
    "access forbidden": said("Der Zugriff auf diese Seite ist verboten"),
    "no access rights": said("Keine Zugriffsrechte"),
    "no access right": said("Sie haben kein Zugriffsrecht auf diese Seite"),
    "no permission": said("Keine Berechtigung"),
    "no permission, long": said("Sie haben keine Berechtigung, diese Seite anzuzeigen"),
    "not entitled": said("Sie sind nicht berechtigt, diese Information abzurufen"),
    "not entitled, short": said("nicht berechtigt"),
    "not authorized": said("Sie sind nicht autorisiert"),
    "lacking rights": said("Fehlende Zugriffsrechte"),
}  # fmt: skip
"""The one object is not for everybody."""

RATE_LIMITED: Final = {
    "429": said("429 Too Many Requests"),
    "too many requests": said("Too many requests"),
    "too many, German": said("Zu viele Anfragen"),
    "too many accesses": said("Zu viele Zugriffe in kurzer Zeit"),
    "rate limit": said("Rate limit exceeded"),
    "limit, German": said("Anfragelimit überschritten"),
}  # fmt: skip

LOGIN: Final = {
    "password": page("Anmeldung", "<form><input type='text' name='u'><input type='password' name='p'></form>"),
    "password, no words": page("Intern", "<form><input type='password'></form>"),
    "please log in": page("Login", "<p>Bitte melden Sie sich an.</p>"),
    "log in needed": said("Anmeldung erforderlich"),
    "log in": said("Bitte loggen Sie sich ein"),
    "sign in": said("Sign in to continue"),
}  # fmt: skip

GONE: Final = {
    "404": said("404 Not Found"),
    "not found": said("Seite nicht gefunden"),
    "not found, long": said("Die angeforderte Seite konnte nicht gefunden werden"),
    "page does not exist": said("Die Seite existiert nicht"),
    "410": said("410 Gone"),
    "no longer available": said("Die Seite ist nicht mehr verfügbar"),
    "no longer exists": said("Diese Seite existiert nicht mehr"),
}  # fmt: skip

ERROR_PAGE: Final = {
    "500": said("500 Internal Server Error"),
    "502": said("502 Bad Gateway"),
    "503": said("503 Service Unavailable"),
    "504": said("504 Gateway Time-out"),
    "error": said("Es ist ein Fehler aufgetreten"),
    "unexpected error": said("Ein unerwarteter Fehler ist aufgetreten"),
    "maintenance": said("Wartungsarbeiten"),
    "maintenance, long": page("Hinweis", "<p>Wegen Wartungsarbeiten ist die Seite vorübergehend nicht erreichbar.</p>"),
    "database": said("Datenbankfehler"),
    "ASP.NET": page("Runtime Error", "<h1>Server Error in '/bi' Application.</h1>"),
}  # fmt: skip

SESSION_EXPIRED: Final = {
    "session over": said("Ihre Sitzung ist abgelaufen"),
    "session over, short": said("Sitzung abgelaufen"),
    "session expired": said("Your session has expired"),
    "Wicket": page("Page Expired", "<p>The page you requested has expired.</p><a href='/'>Return to home page</a>"),
    "session invalid": said("Die Session ist nicht mehr gültig"),
    "session timeout": said("Session Timeout"),
}  # fmt: skip
