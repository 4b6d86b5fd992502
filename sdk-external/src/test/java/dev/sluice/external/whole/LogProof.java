// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.external.whole.LoggedStatement.Kind;
import dev.sluice.testservers.GeneralLog.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares a server's general log with a preview. Outside of the sessions of copy, snapshot and verification the statements that
 * change anything are those of the preview, in its order; inside each fits a template of that operation; every setting of a session
 * is shown by a preview, or in one of the short lists below; passwords are not shown; nothing else is there.
 */
final class LogProof {
    /** So begins every session of the driver; client programs begin otherwise. */
    private static final String DRIVERS_FIRST = "SELECT  @@session.auto_increment_increment AS ";

    /** What carries no statement. */
    private static final Set<String> SILENT = Set.of(
            "Connect",
            "Quit",
            "Ping",
            "Close stmt",
            "Field List",
            "Connect Out",
            "Register Slave",
            "Register Replica",
            "Binlog Dump",
            "Binlog Dump GTID");

    /** What every session of the SDK begins with: the driver's own, then the SDK's. */
    private static final List<Pattern> SETUP = patterns(
            "SET character_set_results = \\w+",
            "SET autocommit=1",
            "SET NAMES utf8mb4(, SESSION \\w+ = ('[^']*'|\\d+))+",
            "SET ROLE ALL",
            // Before rows are streamed: the driver's.
            "SET net_write_timeout\\s*=\\s*\\d+",
            // Sessions that change something end, and the claim on the replica and the need of the source's logs are
            // forgotten, if their
            // host vanishes.
            "SET SESSION wait_timeout = (25|30)");

    /** What the replica's receiver tells the source. */
    private static final List<Pattern> RECEIVER = patterns("SET NAMES '?\\w+'?", "SET @\\w+\\s*=.*");

    /** What mysqldump does beside reading, and with settings of its own session. */
    private static final List<Pattern> DUMP =
            patterns("UNLOCK TABLES", "START TRANSACTION /\\*!40100 WITH CONSISTENT SNAPSHOT \\*/");

    /** What is in a dump. */
    private static final List<Pattern> LOAD = patterns(
            "CREATE DATABASE .*",
            "CREATE TABLE .*",
            "(/\\*!\\d+ )?CREATE\\b.*\\b(VIEW|PROCEDURE|FUNCTION|TRIGGER)\\b.*",
            "DROP (VIEW|TABLE) IF EXISTS `[^`]+`",
            "INSERT INTO .*",
            "ALTER TABLE \\S+ (DISABLE|ENABLE) KEYS",
            "ALTER DATABASE .*");

    private final Target target;
    private final List<Stretch> stretches;
    private final String replicationUser;
    private final Map<Long, Session> sessions = new LinkedHashMap<>();
    private final List<String> inOrder = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private LogProof(Target target, List<Stretch> stretches, String replicationUser) {
        this.target = target;
        this.stretches = stretches;
        this.replicationUser = replicationUser;
    }

    /** What is known of a session: the entry of its login, and whether a driver or a program opened it. */
    private static final class Session {
        private final Entry connect;
        private int statements;
        private boolean isProgram;

        Session(Entry connect) {
            this.connect = connect;
        }
    }

    private static List<Pattern> patterns(String... all) {
        return Stream.of(all)
                .map(regex -> Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL))
                .toList();
    }

    /**
     * Judges a log.
     *
     * @param entries what the server logged during the run, all of it
     * @param wanted the statements that the preview shows for this server, in its order
     * @return everything that is not as it should be
     */
    static List<String> complaints(
            Target target, List<Entry> entries, List<String> wanted, List<Stretch> stretches, String replicationUser) {
        LogProof proof = new LogProof(target, stretches, replicationUser);
        entries.forEach(proof::look);
        proof.compare(wanted);
        return proof.complaints;
    }

    private void look(Entry entry) {
        if (entry.command().equals("Connect")) {
            sessions.put(entry.connectionId(), new Session(entry));
        }
        if (SILENT.contains(entry.command())) {
            return;
        }
        String text = entry.command().equals("Init DB")
                ? "USE " + entry.text()
                : entry.text().strip();
        if (!entry.isStatement() && !entry.command().equals("Init DB")) {
            complain(entry, "is no command that a run sends: " + entry.command());
        }
        judge(entry, new LoggedStatement(text));
    }

    private void judge(Entry entry, LoggedStatement statement) {
        Session session = sessions.get(entry.connectionId());
        if (session != null && session.statements++ == 0) {
            session.isProgram = !statement.bare().startsWith(DRIVERS_FIRST);
        }
        if (statement.showsSecret()) {
            complain(entry, "shows a password");
        }
        if (statement.kills() >= 0 && !sessions.containsKey(statement.kills())) {
            complain(entry, "ends a session that is not the run's");
        }
        if (statement.setsGlobally()) {
            inOrder.add(statement.text());
        } else if (statement.kind() != Kind.READ && !isAllowed(session, statement)) {
            reject(entry, statement);
        }
    }

    private boolean isAllowed(@Nullable Session session, LoggedStatement statement) {
        if (session == null) {
            return false;
        }
        if (target == Target.SOURCE && session.connect.text().startsWith(replicationUser + "@")) {
            return fits(RECEIVER, statement);
        }
        if (session.isProgram && isOfTheDump(session)) {
            return statement.kind() == Kind.OWN_SESSION || fits(target == Target.SOURCE ? DUMP : LOAD, statement);
        }
        return (statement.kind() == Kind.OWN_SESSION && fits(SETUP, statement)) || fitsATemplate(session, statement);
    }

    private boolean isOfTheDump(Session session) {
        boolean startsPrograms = stretches.stream()
                .anyMatch(stretch ->
                        stretch.operation() instanceof CopyOperation copy && copy.method() == CopyMethod.MYSQLDUMP);
        return startsPrograms && stretches.stream().anyMatch(stretch -> stretch.holds(session.connect.at()));
    }

    /** A template of the copy that changes something is about the replica. */
    private boolean fitsATemplate(Session session, LoggedStatement statement) {
        boolean lockOrKill = statement.bare().matches("(?is)(FLUSH TABLES WITH READ|LOCK TABLES|UNLOCK TABLES|KILL).*");
        if (target == Target.SOURCE && statement.kind() == Kind.CHANGE && !lockOrKill) {
            return false;
        }
        return Stretch.templates(stretches, session.connect.at())
                .anyMatch(template -> new Template(template).matches(statement.text()));
    }

    private static boolean fits(List<Pattern> list, LoggedStatement statement) {
        return list.stream()
                .anyMatch(pattern -> pattern.matcher(statement.bare()).matches());
    }

    private void reject(Entry entry, LoggedStatement statement) {
        if (statement.kind() == Kind.OWN_SESSION) {
            complain(entry, "sets something that no preview shows");
        } else {
            inOrder.add(statement.text());
        }
    }

    private void complain(Entry entry, String what) {
        complaints.add(target + ", session " + entry.connectionId() + ", " + entry.command() + " " + what + ": "
                + entry.text());
    }

    private void compare(List<String> wanted) {
        for (int i = 0; i < Math.max(wanted.size(), inOrder.size()); i++) {
            String shown = i < wanted.size() ? wanted.get(i) : "nothing";
            String done = i < inOrder.size() ? inOrder.get(i) : "nothing";
            if (!new Template(shown).matches(done)) {
                complaints.add(target + ", change " + (i + 1) + ": the preview shows " + shown + ", the log " + done);
            }
        }
    }
}
