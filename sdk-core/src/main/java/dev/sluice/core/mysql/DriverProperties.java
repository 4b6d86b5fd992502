// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.endpoint.Tls;
import java.io.File;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What Sluice sets on MySQL Connector/J, without user and password.
 *
 * @see <a href="https://dev.mysql.com/doc/connector-j/en/connector-j-reference-configuration-properties.html">MySQL: Connector/J
 *     configuration properties</a>
 */
final class DriverProperties {
    private DriverProperties() {}

    static Map<String, String> of(ConnectorSettings settings, SessionUse use) {
        Map<String, String> properties = new TreeMap<>();
        text(properties);
        safety(properties);
        quiet(properties);
        properties.put("connectTimeout", millis(settings.connectTimeout()));
        // The login is bound by the same time; once it is through, the session gets its own limit.
        properties.put("socketTimeout", millis(settings.connectTimeout()));
        properties.put("tcpKeepAlive", "true");
        properties.put("sslMode", sslMode(settings.tls()));
        properties.put("connectionAttributes", attributes(settings.attributes()));
        if (use == SessionUse.WRITER) {
            // Negotiates local infile with the server, but lets it read only below a folder that does not exist.
            properties.put("allowLoadLocalInfileInPath", folderThatDoesNotExist());
        }
        return properties;
    }

    /** The same for a server that has no TLS, on plans that allow plain text. */
    static Map<String, String> plainText(Map<String, String> encrypted) {
        Map<String, String> properties = new TreeMap<>(encrypted);
        properties.put("sslMode", "DISABLED");
        // Without TLS, caching_sha2_password encrypts the password with a key that the server sends.
        properties.put("allowPublicKeyRetrieval", "true");
        return properties;
    }

    /** Values are passed on as the server writes them. */
    private static void text(Map<String, String> properties) {
        properties.put("characterEncoding", "UTF-8");
        properties.put("characterSetResults", "UTF-8");
        properties.put("connectionTimeZone", "UTC");
        properties.put("forceConnectionTimeZoneToSession", "false");
        properties.put("preserveInstants", "false");
        properties.put("tinyInt1isBit", "false");
        properties.put("yearIsDateType", "false");
        properties.put("useAffectedRows", "true");
        // Braces in names and values are not JDBC escapes.
        properties.put("enableEscapeProcessing", "false");
    }

    private static void safety(Map<String, String> properties) {
        properties.put("allowLoadLocalInfile", "false");
        properties.put("allowUrlInLocalInfile", "false");
        properties.put("allowMultiQueries", "false");
        properties.put("allowPublicKeyRetrieval", "false");
        properties.put("autoReconnect", "false");
        properties.put("autoDeserialize", "false");
        properties.put("paranoid", "true");
        // The driver's default logger writes to the standard error stream of the host.
        properties.put("logger", "com.mysql.cj.log.NullLogger");
    }

    /** Without what the driver would ask or set by itself around each statement; {@link SessionSetup} does it once a session. */
    private static void quiet(Map<String, String> properties) {
        properties.put("netTimeoutForStreamingResults", "0");
        properties.put("readOnlyPropagatesToServer", "false");
    }

    private static String sslMode(Tls tls) {
        return switch (tls.verification()) {
            case NONE_DANGEROUS_WHERE_THE_NETWORK_IS_NOT_TRUSTED -> "REQUIRED";
            case CA -> "VERIFY_CA";
            case IDENTITY -> "VERIFY_IDENTITY";
        };
    }

    private static String attributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    private static String folderThatDoesNotExist() {
        return new File(System.getProperty("java.io.tmpdir"), "sluice-no-folder-" + UUID.randomUUID())
                .getAbsolutePath();
    }

    private static String millis(Duration time) {
        return Long.toString(Math.max(1, time.toMillis()));
    }
}
