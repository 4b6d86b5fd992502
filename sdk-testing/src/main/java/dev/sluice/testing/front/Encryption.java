// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS on both sides of a front: towards clients with a certificate of its own, towards the server with anybody. */
final class Encryption {
    private static @Nullable Encryption ofThisJvm;

    private final SSLContext towardsClients;
    private final SSLContext towardsServer;
    private final String certificate;

    private Encryption(SSLContext towardsClients, SSLContext towardsServer, String certificate) {
        this.towardsClients = towardsClients;
        this.towardsServer = towardsServer;
        this.certificate = certificate;
    }

    /** The same for all fronts of this JVM: a certificate takes a program and a second of a processor, and holds no secret of anybody. */
    static synchronized Encryption ofThisJvm() throws IOException {
        Encryption made = ofThisJvm;
        if (made == null) {
            made = make();
            ofThisJvm = made;
        }
        return made;
    }

    private static Encryption make() throws IOException {
        char[] password = Certificates.password();
        try {
            KeyStore keys = Certificates.selfSigned(password);
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, password);
            SSLContext towardsClients = SSLContext.getInstance("TLS");
            towardsClients.init(own.getKeyManagers(), null, null);
            SSLContext towardsServer = SSLContext.getInstance("TLS");
            // Without a certificate: servers ask for one and refuse what their own authority has not signed.
            towardsServer.init(null, new TrustManager[] {new Anybody()}, null);
            return new Encryption(towardsClients, towardsServer, pem(keys.getCertificate(Certificates.ALIAS)));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("No certificate can be made for a front", unusable);
        }
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    String certificate() {
        return certificate;
    }

    Socket asServer(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) towardsClients.getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    Socket asClient(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) towardsServer
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        socket.startHandshake();
        return socket;
    }

    /** The server behind a front is the test's own, on the same host. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
