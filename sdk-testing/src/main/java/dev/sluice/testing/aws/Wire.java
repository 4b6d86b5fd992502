// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import com.github.tomakehurst.wiremock.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a call comes over HTTP: a form, and a signature whose scope names region and service. */
final class Wire {
    private static final Pattern SCOPE =
            Pattern.compile("Credential=([^/]+)/[0-9]{8}/([a-z0-9-]+)/([a-z0-9]+)/aws4_request");

    private Wire() {}

    /**
     * For whom a call was signed.
     *
     * @param accessKey the public half of the caller's key
     * @param region as in {@code eu-west-1}
     * @param service {@code rds} or {@code ec2}
     */
    record Scope(String accessKey, String region, String service) {}

    /** Empty if the call is not signed. The signature itself is not looked at. */
    static Optional<Scope> scope(Request request) {
        String authorization = request.getHeader("Authorization");
        Matcher matcher = SCOPE.matcher(authorization == null ? "" : authorization);
        return matcher.find()
                ? Optional.of(new Scope(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** The call's parameters, decoded. */
    static Map<String, String> form(Request request) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : request.getBodyAsString().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
