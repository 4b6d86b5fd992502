// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import dev.sluice.testing.front.QueryFront;
import dev.sluice.testservers.MySqlServer;

/** A front with the rules for the admin account of a server that is writer or reader. */
record AdminFront(QueryFront front, AdminRules rules) {
    static AdminFront before(MySqlServer server, AdminRules rules) {
        return new AdminFront(QueryFront.to(server.host(), server.port(), rules.ofWriter()), rules);
    }

    /** The server is this instance from now on, and a writer. */
    AdminFront as(String instance) {
        AdminFront renamed = new AdminFront(front, rules.of(instance));
        front.rules(renamed.rules.ofWriter());
        front.drop();
        return renamed;
    }

    void moveTo(MySqlServer server) {
        front.rules(rules.ofWriter());
        front.moveTo(server.host(), server.port());
    }

    void becomeReader() {
        front.rules(rules.ofReader());
        front.drop();
    }
}
