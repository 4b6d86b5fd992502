// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replication account's password: the plan's, or one that this run makes up at its first use and keeps in memory only. At most
 * 32 characters, which is all that servers take for it. Thread-safe.
 */
final class ReplicationPassword {
    private static final int LENGTH = 32;
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
    private static final String DIGIT = "23456789";
    /** Characters that mean nothing to any quoting, shell or URL. */
    private static final String MARK = "-_.";

    private final @Nullable Secret given;
    private final boolean isTrimmed;
    private final SecretResolver resolver;
    private @Nullable String madeUp;
    private boolean isSet;

    /**
     * For one run.
     *
     * @param given where the plan's is looked up
     * @param isTrimmed whether the replica is told by means that cut blanks off its ends
     */
    ReplicationPassword(Optional<Secret> given, boolean isTrimmed, SecretResolver resolver) {
        this.given = given.orElse(null);
        this.isTrimmed = isTrimmed;
        this.resolver = resolver;
    }

    /** The password itself, for the moment of use. */
    synchronized String value() {
        if (given != null) {
            return checked(resolver.resolve(given));
        }
        if (madeUp == null) {
            madeUp = makeUp(new SecureRandom());
        }
        return madeUp;
    }

    /** An account has it now. */
    synchronized void wasSet() {
        isSet = true;
    }

    /** Whether it is that of the account, and not only one that could be. */
    synchronized boolean isKnown() {
        return given != null || isSet;
    }

    /** A longer one would make the account, and fail only when the replica is told to use it. */
    private String checked(String password) {
        if (password.length() > LENGTH) {
            throw new StepRefusedException(Problem.of(
                    RunCode.PASSWORD_TOO_LONG,
                    "The replication account's password has " + password.length() + " characters, and replicas take "
                            + LENGTH));
        }
        if (isTrimmed && !password.equals(password.strip())) {
            throw new StepRefusedException(
                    Problem.of(
                            RunCode.PASSWORD_WITH_BLANKS,
                            "The replication account's password begins or ends with a blank, and the replica's procedures cut it off"));
        }
        return password;
    }

    /** One of each kind first, since servers may demand all of them, then a shuffled rest. */
    private static String makeUp(SecureRandom random) {
        String all = UPPER + LOWER + DIGIT + MARK;
        StringBuilder password = new StringBuilder();
        for (String kind : new String[] {UPPER, LOWER, DIGIT, MARK}) {
            password.append(kind.charAt(random.nextInt(kind.length())));
        }
        while (password.length() < LENGTH) {
            password.append(all.charAt(random.nextInt(all.length())));
        }
        for (int i = LENGTH - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            char swapped = password.charAt(i);
            password.setCharAt(i, password.charAt(other));
            password.setCharAt(other, swapped);
        }
        return password.toString();
    }

    @Override
    public String toString() {
        return "***";
    }
}
