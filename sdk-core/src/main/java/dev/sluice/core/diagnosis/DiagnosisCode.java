// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

import dev.sluice.api.error.ErrorCode;

/** Why nothing is diagnosed, and why a remedy is refused. What is wrong with a replication has codes of its own. Immutable and thread-safe. */
public enum DiagnosisCode implements ErrorCode {
    /** CORE-834: a remedy was not carried out. */
    TREATMENT_REFUSED("CORE-834", "A remedy was not carried out", "See the message"),
    /** CORE-835: a remedy needs a consent that was not given. */
    CONSENT_MISSING(
            "CORE-835",
            "A remedy needs a consent that was not given",
            "Give it by name to execute(…), if that is what you want"),
    /** CORE-836: a remedy is not something that Sluice does. */
    NOT_EXECUTABLE("CORE-836", "A remedy is not something that Sluice does", "Do what its notes say"),
    /** CORE-837: the diagnosis has no remedy of this id. */
    NO_SUCH_REMEDY(
            "CORE-837",
            "The diagnosis has no remedy of this id",
            "Take an id from its findings; diagnose again if the replica has changed since"),
    /** CORE-884: a diagnosis is asked for, and nothing that makes one was given. */
    NO_DIAGNOSTICIAN(
            "CORE-884",
            "A diagnosis is asked for, and Sluice was built without what knows failures",
            "Add the artifact sluice-diagnosis, and call Sluice.builder().diagnosis(KnownFailures.all())");

    private final String id;
    private final String meaning;
    private final String remedy;

    DiagnosisCode(String id, String meaning, String remedy) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
