// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.PollPace;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Clients of AWS's APIs by account name and region: handed in by the host, or made from the SDK's default credentials when they are first
 * needed. {@link #close} closes those that it made, never those that were handed in. Thread-safe.
 *
 * <p>A call ends for its caller as soon as its thread is interrupted, whatever HTTP client is beneath: when a step is stopped, nobody waits for
 * AWS. The call itself is left to a thread that ends with it, at the client's own time limit at the latest, {@link #CALL_TIMEOUT} for those made
 * here; give a client that is handed in such a limit.
 *
 * <pre>{@code
 * AwsClients clients = AwsClients.defaultChain().rds("analytics", "us-east-1", clientOfTheOtherAccount);
 * }</pre>
 */
public final class AwsClients implements AutoCloseable {
    /** The longest time that one call takes, tries of the SDK included, for clients that are made here. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    /** After two seconds at first, later every fifteen. */
    public static final PollPace DEFAULT_PACE = new PollPace(Duration.ofSeconds(2), Duration.ofSeconds(15));

    private final Map<AwsPlace, RdsClient> given;
    private final Map<AwsPlace, Ec2Client> givenEc2;
    private final Missing missing;
    private final PollPace pace;
    private final Map<AwsPlace, RdsClient> made = new HashMap<>();
    private final Map<AwsPlace, Ec2Client> madeEc2 = new HashMap<>();
    private boolean closed;

    private enum Missing {
        MADE,
        REFUSED
    }

    private AwsClients(
            Map<AwsPlace, RdsClient> given, Map<AwsPlace, Ec2Client> givenEc2, Missing missing, PollPace pace) {
        this.given = Map.copyOf(given);
        this.givenEc2 = Map.copyOf(givenEc2);
        this.missing = missing;
        this.pace = pace;
    }

    /** Clients of the default account are made from the SDK's default chain of credentials; nothing is looked up before it is needed. */
    public static AwsClients defaultChain() {
        return new AwsClients(Map.of(), Map.of(), Missing.MADE, DEFAULT_PACE);
    }

    /** Only the clients that are handed in. */
    public static AwsClients onlyGiven() {
        return new AwsClients(Map.of(), Map.of(), Missing.REFUSED, DEFAULT_PACE);
    }

    /** Also this client, for the default account in a region. Its own retries stay as they are. Whoever made it closes it. */
    public AwsClients rds(String region, RdsClient client) {
        return rds(AwsPlace.DEFAULT_ACCOUNT, region, client);
    }

    /** Also this client, for an account by the name that endpoints use. Its own retries stay as they are. Whoever made it closes it. */
    public AwsClients rds(String account, String region, RdsClient client) {
        return new AwsClients(
                plus(given, new AwsPlace(account, region), cut(RdsClient.class, client)), givenEc2, missing, pace);
    }

    /**
     * Also this client of EC2, for the default account in a region: for security groups, where a plan names one. Its own retries stay as they
     * are. Whoever made it closes it.
     */
    public AwsClients ec2(String region, Ec2Client client) {
        return ec2(AwsPlace.DEFAULT_ACCOUNT, region, client);
    }

    /** Also this client of EC2, for an account by the name that endpoints use. Whoever made it closes it. */
    public AwsClients ec2(String account, String region, Ec2Client client) {
        return new AwsClients(
                given, plus(givenEc2, new AwsPlace(account, region), cut(Ec2Client.class, client)), missing, pace);
    }

    private static <C> C cut(Class<C> api, C client) {
        return CutCalls.of(api, requireNonNull(client, "client"));
    }

    private static <C> Map<AwsPlace, C> plus(Map<AwsPlace, C> clients, AwsPlace place, C client) {
        Map<AwsPlace, C> more = new HashMap<>(clients);
        more.put(place, client);
        return more;
    }

    /**
     * How often AWS is asked whether something has come about. <b>When not called:</b> {@link #DEFAULT_PACE}; all of an account's programs share
     * the calls that AWS allows in a region.
     */
    public AwsClients polling(PollPace how) {
        return new AwsClients(given, givenEc2, missing, requireNonNull(how, "how"));
    }

    /** See {@link #polling}. */
    public PollPace pace() {
        return pace;
    }

    /**
     * The client for a place, whose calls hear an interrupt.
     *
     * @throws StepRefusedException if there is none and none can be made
     * @throws IllegalStateException if a new one would have to be made after {@link #close}
     */
    public synchronized RdsClient rds(AwsPlace place) {
        return client(place, "RDS", given, made, there -> cut(RdsClient.class, make(RdsClient.builder(), there)));
    }

    /**
     * The client of EC2 for a place.
     *
     * @throws StepRefusedException if there is none and none can be made
     * @throws IllegalStateException if a new one would have to be made after {@link #close}
     */
    public synchronized Ec2Client ec2(AwsPlace place) {
        return client(place, "EC2", givenEc2, madeEc2, there -> cut(Ec2Client.class, make(Ec2Client.builder(), there)));
    }

    private <C> C client(
            AwsPlace place, String api, Map<AwsPlace, C> handedIn, Map<AwsPlace, C> own, Function<AwsPlace, C> maker) {
        C client = handedIn.get(place);
        if (client != null) {
            return client;
        }
        if (closed) {
            throw new IllegalStateException("These clients are closed");
        }
        if (missing == Missing.REFUSED || !place.account().equals(AwsPlace.DEFAULT_ACCOUNT)) {
            throw new StepRefusedException(
                    Problem.of(AwsErrorCode.NO_CLIENT, "No client of the " + api + " API was given for " + place));
        }
        return own.computeIfAbsent(place, maker);
    }

    /** Without tries of its own: what may be tried again is decided in one place, and that is not here. */
    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C make(
            B builder, AwsPlace place) {
        try {
            return builder.region(Region.of(place.region()))
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(Duration.ofSeconds(10))
                            .socketTimeout(CALL_TIMEOUT))
                    .overrideConfiguration(override ->
                            override.apiCallTimeout(CALL_TIMEOUT).retryStrategy(DefaultRetryStrategy.doNotRetry()))
                    .build();
        } catch (SdkClientException unusable) {
            throw AwsFailures.whileReading(unusable, "The API in " + place);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        made.values().forEach(SdkAutoCloseable::close);
        madeEc2.values().forEach(SdkAutoCloseable::close);
        made.clear();
        madeEc2.clear();
    }

    /** The places of the clients that were handed in. */
    @Override
    public String toString() {
        return "AwsClients" + given.keySet() + (missing == Missing.MADE ? " and the default chain" : "");
    }
}
