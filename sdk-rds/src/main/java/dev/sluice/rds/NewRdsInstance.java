// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.aws.CopyShape;
import dev.sluice.rds.managed.ManagedEndpoint;
import dev.sluice.rds.managed.ManagedServer;
import java.util.List;
import java.util.stream.Stream;

/**
 * A DB instance of RDS for MySQL that the plan creates as its replica, from a snapshot of the source; made by {@link RdsMySql#newInstance}. Every
 * method returns a new endpoint and leaves this one unchanged. Holds no password. Immutable and thread-safe.
 *
 * <pre>{@code
 * var replica = RdsMySql.newInstance("orders-copy").region("eu-west-1").credentials("admin", Secret.env("RDS_PASSWORD"));
 * ReplicationPlan plan = ReplicationPlan.from(source).to(replica).replicationUserHost("10.0.%").seedWith(RdsSeed.DB_SNAPSHOT);
 * }</pre>
 *
 * <p><b>Effect of a run:</b> an instance of this identifier with the tags {@code sluice-run} and {@code sluice-source}. A success leaves it; a
 * cancel and an abandonment delete it, and nothing that does not carry the run's tag. A plan that runs again finds it and makes nothing
 * twice.
 */
@CheckReturnValue
public final class NewRdsInstance extends ManagedEndpoint implements RdsServer {
    private final ManagedServer server;
    private final CopyShape shape;
    /** 0 for what the snapshot brings. */
    private final int backupDays;

    NewRdsInstance(ManagedServer server, CopyShape shape, int backupDays) {
        super(server);
        this.server = server;
        this.shape = requireNonNull(shape, "shape");
        this.backupDays = backupDays;
        var unused = checked(server.identifier());
    }

    private static String checked(String identifier) {
        return ManagedServer.checkedIdentifier("a DB instance", identifier);
    }

    /** Its DB parameter group. <b>When not called:</b> the source's. */
    public NewRdsInstance parameterGroup(String name) {
        return with(shape.withParameterGroup(name));
    }

    /** Its class, such as {@code db.r6g.large}. <b>When not called:</b> the source's. */
    public NewRdsInstance instanceClass(String name) {
        return with(shape.withInstanceClass(name));
    }

    /** Its DB subnet group. <b>When not called:</b> the source's. */
    public NewRdsInstance subnetGroup(String name) {
        return with(shape.withSubnetGroup(name));
    }

    /** Its VPC security groups, by id. <b>When not called:</b> the source's. */
    public NewRdsInstance securityGroups(String first, String... more) {
        return with(shape.withSecurityGroups(
                Stream.concat(Stream.of(first), Stream.of(more)).toList()));
    }

    /**
     * In another account than the one of the default credentials: the name under which its clients were given to {@code AwsClients}. It has
     * to be the source's. <b>When not called:</b> the default account.
     *
     * @throws IllegalArgumentException if the name has other characters than letters, digits and {@code _ . @ -}
     */
    public NewRdsInstance account(String name) {
        return with(server.account(name));
    }

    /**
     * Where it will answer, as <em>this JVM</em> sees it. <b>When not called:</b> looked up once it is there, which needs an engine with
     * clients.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public NewRdsInstance at(String host, int port) {
        return with(server.at(host, port));
    }

    /**
     * How this JVM's connections are encrypted. <b>When not called:</b> {@link Tls#required()}, encrypted and not verified.
     *
     * @see RdsMySql#tls
     */
    public NewRdsInstance tls(Tls how) {
        return with(server.tls(how));
    }

    /**
     * Connects through the host application's own {@code ConnectionSource} of this name, given to {@code Sluice.builder()}. <b>When not
     * called:</b> an ordinary connection to the address that AWS tells.
     */
    public NewRdsInstance connectingThrough(String name) {
        return with(server.connectingThrough(name));
    }

    /**
     * Automated backups of the replica are kept for so many days, 1 to 35; they make it write a binary log of its own. Switched on before it
     * replicates. A server that is there is not changed like this, since its restart would end the run. <b>When not called:</b> as the
     * snapshot of the temporary read replica has it, which usually is none.
     *
     * @throws IllegalArgumentException if days are out of range
     */
    public NewRdsInstance automatedBackups(int days) {
        if (days < 1 || days > 35) {
            throw new IllegalArgumentException("Automated backups are kept for 1 to 35 days, not " + days);
        }
        return new NewRdsInstance(server, shape, days);
    }

    private NewRdsInstance with(CopyShape changed) {
        return new NewRdsInstance(server, changed, backupDays);
    }

    private NewRdsInstance with(ManagedServer changed) {
        return new NewRdsInstance(changed, shape, backupDays);
    }

    @Override
    public boolean isCreatedByPlan() {
        return true;
    }

    @Override
    public String instanceIdentifier() {
        return server.identifier();
    }

    /** All that it says about where it is. */
    ManagedServer server() {
        return server;
    }

    /** What it has of its own. */
    CopyShape shape() {
        return shape;
    }

    /** For how many days backups are kept; 0 for what the snapshot brings. */
    int backupDays() {
        return backupDays;
    }

    @Override
    public EngineId engine() {
        return RdsEngine.ID;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NewRdsInstance that
                && server.equals(that.server)
                && shape.equals(that.shape)
                && backupDays == that.backupDays;
    }

    @Override
    public int hashCode() {
        return List.of(server, shape, backupDays).hashCode();
    }

    /** Kind, user and instance. */
    @Override
    public String toString() {
        return server.describedAs("NewRdsInstance");
    }

    /** An instance whose region still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Named {
        private final String identifier;

        Named(String identifier) {
            this.identifier = checked(identifier);
        }

        /**
         * The region that it is created in, such as {@code eu-west-1}: the source's.
         *
         * @throws IllegalArgumentException if it is not written like a region
         */
        public Located region(String region) {
            return new Located(identifier, new AwsPlace(AwsPlace.DEFAULT_ACCOUNT, region));
        }
    }

    /** An instance whose login still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Located {
        private final String identifier;
        private final AwsPlace place;

        private Located(String identifier, AwsPlace place) {
            this.identifier = identifier;
            this.place = place;
        }

        /**
         * Who this JVM logs in as: an account of the <em>source</em>, with its password there, since accounts come with the snapshot.
         *
         * @param password where the password is looked up at the moment of use
         */
        public NewRdsInstance credentials(String user, Secret password) {
            return new NewRdsInstance(
                    ManagedServer.of(identifier, place, new Credentials(user, password)), CopyShape.AS_SOURCE, 0);
        }
    }
}
