// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.external.ExternalMySql;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Servers that the user has. Of their data only the database {@code sluice_demo} is touched; what else the plan changes (an account, retention, the
 * replica's channel) is taken back at the end, whatever the end is.
 */
record GivenServers(
        Login sourceLogin, Login replicaLogin, @Nullable String replicationHost) implements DemoServers {
    /** Where and as whom; the password stays in the environment. */
    record Login(String host, int port, String user, Secret password) {
        static Login parse(String url, String passwordVariable) {
            URI uri = URI.create(url);
            if (!"mysql".equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() == null) {
                throw new IllegalArgumentException(
                        "A server is given as mysql://user@host:port, not " + withoutPassword(url));
            }
            if (uri.getUserInfo().contains(":")) {
                throw new IllegalArgumentException(
                        "Leave the password out of the URL, where others can see it, and set " + passwordVariable
                                + " to it");
            }
            return new Login(
                    uri.getHost(),
                    uri.getPort() < 0 ? 3306 : uri.getPort(),
                    uri.getUserInfo(),
                    Secret.env(passwordVariable));
        }

        private static String withoutPassword(String url) {
            return url.replaceAll("//.*@", "//…@");
        }

        ExternalMySql endpoint() {
            return ExternalMySql.at(host, port).credentials(user, password);
        }

        Connection connect() throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("password", SecretResolver.standard().resolve(password));
            properties.setProperty("sslMode", "PREFERRED");
            properties.setProperty("allowPublicKeyRetrieval", "true");
            return DriverManager.getConnection("jdbc:mysql://" + host + ":" + port + "/", properties);
        }
    }

    static GivenServers at(String source, String replica, @Nullable String replicationHost) {
        return new GivenServers(
                Login.parse(source, "SOURCE_PASSWORD"), Login.parse(replica, "REPLICA_PASSWORD"), replicationHost);
    }

    @Override
    public ExternalMySql source() {
        return sourceLogin.endpoint();
    }

    @Override
    public ExternalMySql replica() {
        return replicaLogin.endpoint();
    }

    @Override
    public SecretResolver secrets() {
        return SecretResolver.standard();
    }

    @Override
    public ReplicationPlan adapt(ReplicationPlan plan) {
        ReplicationPlan scoped = scoped(plan);
        return replicationHost == null ? scoped : scoped.replicationUserHost(replicationHost);
    }

    /** Nothing but the demo's own database, and nothing that changes what the replica is for. */
    static ReplicationPlan scoped(ReplicationPlan plan) {
        return plan.databases(DemoData.DATABASE).leaveReplicaWritable();
    }

    @Override
    public boolean areOurs() {
        return false;
    }

    @Override
    public boolean takeAwkwardData() {
        return false;
    }

    @Override
    public Connection connectToSource() throws SQLException {
        return sourceLogin.connect();
    }

    @Override
    public Connection connectToReplica() throws SQLException {
        return replicaLogin.connect();
    }

    @Override
    public void close() {
        // They are the user's.
    }
}
