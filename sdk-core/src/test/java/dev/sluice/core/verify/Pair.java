// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.time.Duration;
import java.util.List;

/** Two servers that everybody shares, of which a test uses databases of its own. */
record Pair(MySqlServer source, MySqlServer replica) {
    static Pair of(MySqlRelease source, MySqlRelease replica) {
        return new Pair(
                SharedServers.ofThisJvm().common(source),
                SharedServers.ofThisJvm().common(replica, options -> options.setting("report_host", "replica")));
    }

    static MySqlConnector connector(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(server.rootUser())
                .password(server::rootPassword)
                .allowPlainText()
                .build();
    }

    /** Runs the same statements on both. */
    void execute(List<String> statements) {
        source.execute(statements.toArray(String[]::new));
        replica.execute(statements.toArray(String[]::new));
    }

    VerificationReport compare(String... databases) {
        return compare(request(Consistency.STANDING_STILL, databases));
    }

    VerificationReport compare(VerifyRequest request) {
        return new Verifier()
                .verify(connector(source), connector(replica), request, VerifyListener.NONE, new Cancellation());
    }

    static VerifyRequest request(Consistency consistency, String... databases) {
        return VerifyRequest.of(new Scope(List.of(databases), List.of(), List.of(), List.of()), consistency)
                .withThreads(2)
                .within(Duration.ofMinutes(2));
    }

    static TableComparison table(VerificationReport report, String name) {
        return report.tables().stream()
                .filter(table -> table.table().table().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
