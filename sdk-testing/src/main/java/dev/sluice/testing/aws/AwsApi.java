// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The APIs of RDS and of EC2's security groups over HTTP on loopback, in AWS's wire format, with resources whose state changes as AWS's
 * do: for the real AWS clients.
 *
 * <pre>{@code
 * try (AwsApi api = AwsApi.start()) {
 *     api.region("eu-west-1").instance("orders", server, 7);
 *     RdsClient client = RdsClient.builder().endpointOverride(api.endpoint())…build();
 * }
 * }</pre>
 *
 * <p>A client's region and access key say whose resources it sees. Actions and parameters that it does not know are refused. Taken and
 * without effect are subnet groups, public access, storage, encryption keys, promotion tiers and what belongs to automated backups. Not
 * played are maintenance windows (what waits for one waits for ever), Multi-AZ DB clusters, the minutes that AWS asks to wait between making
 * a cluster parameter group and making a cluster with it, and events about what somebody does to replication by procedures. Thread-safe.
 */
public final class AwsApi implements AutoCloseable {
    /** The account of all access keys that are not {@linkplain #account given} to another. */
    public static final String ACCOUNT = "123456789012";

    private static final Duration STAGE = Duration.ofMillis(200);

    private final WireMockServer http;
    private final World world;
    private final Service rds = Service.rds();
    private final Service ec2 = Service.ec2();
    private final Map<String, String> accounts = new HashMap<>();
    private final Map<String, Deque<ApiFault>> faults = new HashMap<>();
    private final List<ApiCall> calls = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private AwsApi(Builder builder) {
        world = new World(builder.stage, builder.machines, builder.care, builder.unsure);
        http = new WireMockServer(
                options().bindAddress("127.0.0.1").dynamicPort().extensions(new Answers()));
        http.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(Answers.NAME)));
        http.start();
    }

    /** What an API is made of. Not thread-safe. */
    public static final class Builder {
        private @Nullable Duration stage = STAGE;
        private Machines machines = order -> new PaperMachine(order.id(), order.settings());

        private ServerCare care = new ServerCare() {};

        private final Set<Unsure> unsure = EnumSet.noneOf(Unsure.class);

        private Builder() {}

        /** Sets how long a resource shows each status on its way to another; by default 200 ms. */
        public Builder stage(Duration length) {
            stage = length;
            return this;
        }

        /** Lets resources take their next stage in {@link AwsApi#pass} only. */
        public Builder byHand() {
            stage = null;
            return this;
        }

        /** Sets what makes the servers of instances that start empty; by default none stands behind them. */
        public Builder machines(Machines maker) {
            machines = maker;
            return this;
        }

        /** Switches on what AWS's pages leave open. */
        public Builder with(Unsure behaviour) {
            unsure.add(behaviour);
            return this;
        }

        /** Sets who looks after the servers that calls bring about; by default nobody does. */
        public Builder care(ServerCare carer) {
            care = carer;
            return this;
        }

        /** Opens it on a free port of 127.0.0.1, without any resource. */
        public AwsApi start() {
            return new AwsApi(this);
        }
    }

    /** For an API with other ways than {@link #start}'s. */
    public static Builder builder() {
        return new Builder();
    }

    /** Opens one on a free port of 127.0.0.1, without any resource. */
    public static AwsApi start() {
        return builder().start();
    }

    /** For the clients' endpoint override. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.port());
    }

    /** Says which account an access key belongs to. */
    public synchronized void account(String accessKey, String account) {
        accounts.put(accessKey, account);
    }

    /** A region of the usual account. */
    public ApiRegion region(String name) {
        return region(ACCOUNT, name);
    }

    /** A region of an account. */
    public ApiRegion region(String account, String name) {
        return world.region(account, name);
    }

    /** Lets every resource take its next stage, in this thread; returns whether any had one. Only for an API {@link Builder#byHand}. */
    public boolean pass() {
        return world.timeline().pass();
    }

    /** Lets all resources take all their stages. Only for an API {@link Builder#byHand}. */
    public void passAll() {
        while (pass()) {
            // each pass is one stage
        }
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

    /** What went wrong with machines, beyond what calls were told; a test that expects nothing of the kind looks that it is empty. */
    public List<RuntimeException> breakdowns() {
        return world.breakdowns();
    }

    /** Forgets what went wrong with machines so far. */
    public void forgetBreakdowns() {
        world.forgetBreakdowns();
    }

    private ResponseDefinition answer(Request request) {
        Wire.Scope scope = Wire.scope(request).orElse(null);
        if (scope == null) {
            return xml(403, QueryProtocol.error(ApiError.notSigned()));
        }
        Map<String, String> parameters = Wire.form(request);
        String action = String.valueOf(parameters.remove("Action"));
        parameters.remove("Version");
        ApiFault fault = record(new ApiCall(scope.region(), action, parameters));
        Ask ask = new Ask(world.region(account(scope), scope.region()), action, parameters);
        Service service = scope.service().equals("ec2") ? ec2 : rds;
        return fault == null ? done(service, ask) : wrong(service, ask, fault);
    }

    private ResponseDefinition wrong(Service service, Ask ask, ApiFault fault) {
        if (fault.connection() == null) {
            return xml(fault.error().status(), service.error(fault.error()));
        }
        if (fault == ApiFault.LOST_ANSWER) {
            done(service, ask);
        } else if (fault == ApiFault.SILENCE) {
            awaitEnd();
        }
        return ResponseDefinitionBuilder.responseDefinition()
                .withFault(fault.connection())
                .build();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String account(Wire.Scope scope) {
        return accounts.getOrDefault(scope.accessKey(), ACCOUNT);
    }

    private synchronized @Nullable ApiFault record(ApiCall call) {
        calls.add(call);
        Deque<ApiFault> planted = faults.get(call.action());
        return planted == null ? null : planted.poll();
    }

    private static ResponseDefinition done(Service service, Ask ask) {
        try {
            return xml(200, service.answer(ask));
        } catch (ApiRefusal refusal) {
            return xml(refusal.error().status(), service.error(refusal.error()));
        }
    }

    private static ResponseDefinition xml(int status, String body) {
        return ResponseDefinitionBuilder.responseDefinition()
                .withStatus(status)
                .withHeader("Content-Type", "text/xml")
                .withBody(body)
                .build();
    }

    /** Ends it with all servers that it has started. */
    @Override
    public void close() {
        end.countDown();
        http.stop();
        world.close();
    }

    /** Hands each request to the state around it. */
    private final class Answers implements ResponseDefinitionTransformerV2 {
        static final String NAME = "aws-api";

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
