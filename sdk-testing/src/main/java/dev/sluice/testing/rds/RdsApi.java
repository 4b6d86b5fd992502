// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The RDS API over HTTP on loopback, in AWS's wire format, with instances whose state changes as AWS's do: for the real AWS client.
 *
 * <pre>{@code
 * try (RdsApi api = RdsApi.start()) {
 *     api.instance("orders", dressedServer, 7);
 *     RdsClient client = RdsClient.builder().endpointOverride(api.endpoint())…build();
 * }
 * }</pre>
 *
 * <p>Knows {@code DescribeDBInstances} and {@code ModifyDBInstance} with a backup retention. Thread-safe.
 */
public final class RdsApi implements AutoCloseable {
    private final WireMockServer http;
    private final Map<String, ApiInstance> instances = new TreeMap<>();
    private final Map<String, Deque<ApiFault>> faults = new HashMap<>();
    private final List<ApiCall> calls = new ArrayList<>();

    private RdsApi() {
        http = new WireMockServer(
                options().bindAddress("127.0.0.1").dynamicPort().extensions(new Answers()));
        http.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(Answers.NAME)));
        http.start();
    }

    /** Opens it on a free port of 127.0.0.1, without any instance. */
    public static RdsApi start() {
        return new RdsApi();
    }

    /** For the client's endpoint override. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.port());
    }

    /**
     * Adds an instance.
     *
     * @param id its identifier
     * @param server the server behind it
     * @param backupRetention for how many days automated backups are kept; the server must have a binary log if it is over 0
     */
    public synchronized ApiInstance instance(String id, DressedServer server, int backupRetention) {
        ApiInstance instance = new ApiInstance(id, server, backupRetention);
        instances.put(id, instance);
        return instance;
    }

    /** Lets the next call of this action go wrong; further ones add up. */
    public synchronized void failOnce(String action, ApiFault fault) {
        faults.computeIfAbsent(action, absent -> new ArrayDeque<>()).add(fault);
    }

    /** All calls, in order. */
    public synchronized List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    /** The calls that change something, in order. */
    public List<ApiCall> modifications() {
        return calls().stream().filter(ApiCall::modifies).toList();
    }

    private synchronized ResponseDefinition answer(Request request) {
        if (request.getHeader("Authorization") == null) {
            return refusal(ApiError.notSigned());
        }
        Map<String, String> parameters = form(request.getBodyAsString());
        String action = String.valueOf(parameters.remove("Action"));
        parameters.remove("Version");
        calls.add(new ApiCall(action, parameters));
        ApiFault fault = nextFault(action);
        if (fault == null) {
            return done(action, parameters);
        }
        if (fault.connection() == null) {
            return refusal(fault.error());
        }
        done(action, parameters);
        return ResponseDefinitionBuilder.responseDefinition()
                .withFault(fault.connection())
                .build();
    }

    private @Nullable ApiFault nextFault(String action) {
        Deque<ApiFault> planted = faults.get(action);
        return planted == null ? null : planted.poll();
    }

    private ResponseDefinition done(String action, Map<String, String> parameters) {
        return switch (action) {
            case "DescribeDBInstances" -> describe(parameters.get("DBInstanceIdentifier"));
            case "ModifyDBInstance" -> modify(parameters);
            default -> refusal(ApiError.unknownAction(action));
        };
    }

    private ResponseDefinition describe(@Nullable String id) {
        if (id != null && !instances.containsKey(id)) {
            return refusal(ApiError.notFound(id));
        }
        return success(ApiXml.instances(instances.values().stream()
                .filter(one -> id == null || one.id().equals(id))
                .map(ApiInstance::look)
                .toList()));
    }

    private ResponseDefinition modify(Map<String, String> parameters) {
        String id = parameters.getOrDefault("DBInstanceIdentifier", "");
        ApiInstance instance = instances.get(id);
        String days = parameters.get("BackupRetentionPeriod");
        if (instance == null) {
            return refusal(ApiError.notFound(id));
        }
        if (days == null || !"true".equals(parameters.get("ApplyImmediately"))) {
            return refusal(ApiError.invalid("Only a backup retention can be changed here, and only immediately"));
        }
        ApiError refused = instance.modifyBackupRetention(Integer.parseInt(days));
        return refused == null ? success(ApiXml.modified(instance.seen())) : refusal(refused);
    }

    private static ResponseDefinition success(String xml) {
        return xml(200, xml);
    }

    private static ResponseDefinition refusal(ApiError error) {
        return xml(error.status(), ApiXml.error(error));
    }

    private static ResponseDefinition xml(int status, String body) {
        return ResponseDefinitionBuilder.responseDefinition()
                .withStatus(status)
                .withHeader("Content-Type", "text/xml")
                .withBody(body)
                .build();
    }

    private static Map<String, String> form(String body) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : body.split("&")) {
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

    @Override
    public void close() {
        http.stop();
    }

    /** Hands each request to the state around it. */
    private final class Answers implements ResponseDefinitionTransformerV2 {
        static final String NAME = "rds-api";

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            return answer(event.getRequest());
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }
}
