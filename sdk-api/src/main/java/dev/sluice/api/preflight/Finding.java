// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.preflight;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.Problem;

/**
 * Something that a check found. Immutable and thread-safe.
 *
 * @param check the check's stable id
 * @param level how bad it is
 * @param problem what was found, with code and remedy
 */
public record Finding(String check, Level level, Problem problem) {
    /** How bad a finding is. */
    public enum Level {
        /** The run would fail or harm something; it does not start. */
        ERROR,
        /** It may go wrong, or something is not as it is recommended. */
        WARNING,
        /** Good to know. */
        NOTE
    }

    public Finding {
        requireNonNull(check, "check");
        requireNonNull(level, "level");
        requireNonNull(problem, "problem");
    }

    /** What was seen, with the values of this case; never a secret. */
    public String evidence() {
        return problem.what();
    }

    /** What a person can do about it. */
    public String remedy() {
        return problem.remedy();
    }

    /**
     * For programs: {@code check}, {@code level}, {@code code}, {@code meaning} (what is wrong, for every case of the code), {@code evidence}
     * and {@code remedy}.
     */
    public Document toDocument() {
        return Document.empty()
                .with("check", check)
                .with("level", level.name())
                .with("code", problem.code().id())
                .with("meaning", problem.code().meaning())
                .with("evidence", evidence())
                .with("remedy", remedy());
    }

    @Override
    public String toString() {
        return level + " " + check + ": " + problem;
    }
}
