"""A secured test server's secrets: a certificate authority of its own, a password, and what makes API keys work."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.servers.ingredients import Missing, compiler_jar, run

PLUGIN: Final = Path(__file__).with_name("SecurityIndexAnalysis.java")
AUTHORITY: Final = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
SERVER: Final = "subjectAltName=IP:127.0.0.1,DNS:localhost\n"


@dataclass(frozen=True, slots=True)
class Security:
    """What a client needs: the authority's certificate (PEM), a superuser and its password."""

    ca: Path
    user: str = "elastic"
    password: str = "ratslupe-test"


def make_security(folder: Path) -> Security:
    """Make an authority (ca.pem) and a certificate of it for 127.0.0.1 (http.pem, http.key) in FOLDER."""
    if not shutil.which("openssl"):
        raise Missing("openssl is missing, which makes the certificates. On Debian: apt-get install openssl")
    folder.mkdir()
    (folder / "ca.ext").write_text(AUTHORITY)
    (folder / "http.ext").write_text(SERVER)
    for name, issuer in (("ca", ["-signkey", "ca.key"]), ("http", ["-CA", "ca.pem", "-CAkey", "ca.key"])):
        serial = ["-CAcreateserial"] if name == "http" else []
        subject = f"/CN=Ratslupe test {name}"
        request = ["-newkey", "rsa:2048", "-nodes", "-subj", subject, "-keyout", f"{name}.key", "-out", f"{name}.csr"]
        run(["openssl", "req", "-new", *request], folder)
        signing = ["-in", f"{name}.csr", "-days", "2", "-extfile", f"{name}.ext", "-out", f"{name}.pem"]
        run(["openssl", "x509", "-req", *signing, *issuer, *serial], folder)
    return Security(folder / "ca.pem")


def install_plugin(home: Path, version: str, java: Path, work: Path) -> None:
    """Compile the plugin against this very version and lay it into its plugins folder."""
    target = home / "plugins" / "security-index-analysis"
    jars = ":".join(str(jar) for jar in (home / "lib").glob("*.jar"))
    classes = work / "classes"
    command = [str(java / "bin" / "java"), "-jar", str(compiler_jar()), "-17", "-nowarn", "-cp", jars]
    run([*command, "-d", str(classes), str(PLUGIN)], work)
    target.mkdir()
    with zipfile.ZipFile(target / "plugin.jar", "w") as jar:
        for path in classes.iterdir():
            jar.write(path, path.name)
    (target / "plugin-descriptor.properties").write_text(
        f"name=security-index-analysis\ndescription=for tests\nversion=1\nclassname={PLUGIN.stem}\n"
        f"java.version=17\nelasticsearch.version={version}\n"
    )
    shutil.rmtree(classes)
