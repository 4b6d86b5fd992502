// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.GtidInterval;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.operation.OperationSecret;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole;
import dev.sluice.api.operation.Statement.IntervalHole;
import dev.sluice.api.operation.Statement.JsonSecretsHole;
import dev.sluice.api.operation.Statement.SecretHole;
import dev.sluice.api.operation.Statement.Text;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Writes {@link Statement}s, so that every name and every value in them is quoted and every secret is a hole:
 * {@code Sql.text("CREATE USER ").account(user, host).text(" IDENTIFIED BY ").secret(REPLICATION_PASSWORD).build()}.
 */
public final class Sql {
    private Sql() {}

    /** Begins with fixed text. */
    public static Builder text(String sql) {
        return new Builder().text(sql);
    }

    /**
     * The statement as the server gets it. Never log it.
     *
     * @param secrets the password behind each hole
     * @param coordinates what each slot was filled with
     */
    public static String complete(
            Statement statement,
            Function<OperationSecret, String> secrets,
            Function<Slot<Coordinates>, Coordinates> coordinates) {
        return complete(statement, secrets, coordinates, secret -> {
            throw new IllegalStateException("Nobody knows this secret");
        });
    }

    /**
     * The same for statements that hold secrets of their own.
     *
     * @param named the text behind a secret
     */
    public static String complete(
            Statement statement,
            Function<OperationSecret, String> secrets,
            Function<Slot<Coordinates>, Coordinates> coordinates,
            SecretResolver named) {
        return statement.fill(part -> {
            if (part instanceof JsonSecretsHole hole) {
                return Quote.literal(JsonText.object(hole.secrets(), named));
            }
            if (part instanceof SecretHole hole) {
                return Quote.literal(secrets.apply(hole.secret()));
            }
            if (part instanceof CoordinatesHole hole) {
                String value = hole.field().of(coordinates.apply(hole.slot()));
                return hole.field() == CoordinatesHole.Field.POSITION ? value : Quote.literal(value);
            }
            throw new IllegalStateException("Not a hole: " + part.preview());
        });
    }

    /**
     * The statements by which a server gets these GTIDs, where it takes one interval at a time: one for each, with its holes filled.
     *
     * @param statement one that is {@link Statement#isForEachInterval()}
     * @param gtids what the server lacks
     * @throws IllegalArgumentException if a GTID has a tag, for which such statements have no place
     */
    public static List<Statement> forEachInterval(Statement statement, MySqlGtidSet gtids) {
        List<Statement> all = new ArrayList<>();
        gtids.intervals().forEach((uuid, intervals) -> {
            if (uuid.indexOf(':') >= 0) {
                throw new IllegalArgumentException("GTIDs with a tag go over only as a whole set: " + uuid);
            }
            intervals.forEach(interval -> all.add(of(statement, uuid, interval)));
        });
        return all;
    }

    private static Statement of(Statement statement, String uuid, GtidInterval interval) {
        return new Statement(statement.parts().stream()
                .map(part -> part instanceof IntervalHole hole ? new Text(value(hole.field(), uuid, interval)) : part)
                .toList());
    }

    private static String value(IntervalHole.IntervalField field, String uuid, GtidInterval interval) {
        return switch (field) {
            case SERVER_UUID -> Quote.literal(uuid);
            case FIRST -> Long.toString(interval.first());
            case LAST -> Long.toString(interval.last());
        };
    }

    /** A statement in the making. Not thread-safe. */
    public static final class Builder {
        private final List<Statement.Part> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        private Builder() {}

        /** Fixed text: keywords and punctuation, never a name or a value. */
        public Builder text(String sql) {
            text.append(sql);
            return this;
        }

        /** A name in backticks. */
        public Builder identifier(String name) {
            return text(Quote.identifier(name));
        }

        /** Database and table in backticks. */
        public Builder identifier(TableName table) {
            return text(Quote.identifier(table));
        }

        /** A string literal. */
        public Builder literal(String value) {
            return text(Quote.literal(value));
        }

        /** A whole number. */
        public Builder number(long value) {
            return text(Long.toString(value));
        }

        /** An account, {@code 'user'@'host'}. */
        public Builder account(String user, String host) {
            return text(Quote.account(user, host));
        }

        /** A password, filled in when the statement runs. */
        public Builder secret(OperationSecret secret) {
            return hole(new SecretHole(secret));
        }

        /** A part of the snapshot's coordinates, filled in when the statement runs. */
        public Builder coordinates(Slot<Coordinates> slot, CoordinatesHole.Field field) {
            return hole(new CoordinatesHole(slot, field));
        }

        /** A part of each interval of the snapshot's GTIDs, filled in when the statement runs, once for each. */
        public Builder interval(Slot<Coordinates> slot, IntervalHole.IntervalField field) {
            return hole(new IntervalHole(slot, field));
        }

        /** Secrets as a JSON object, filled in when the statement runs. */
        public Builder json(SortedMap<String, Secret> secrets) {
            return hole(new JsonSecretsHole(secrets));
        }

        private Builder hole(Statement.Part hole) {
            flush();
            parts.add(hole);
            return this;
        }

        private void flush() {
            if (!text.isEmpty()) {
                parts.add(new Text(text.toString()));
                text.setLength(0);
            }
        }

        /** The finished statement. The builder must not be used after this. */
        public Statement build() {
            flush();
            return new Statement(parts);
        }
    }
}
