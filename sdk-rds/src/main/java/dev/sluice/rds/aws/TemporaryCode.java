// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.ErrorCode;

/** What can be wrong with what a run makes in AWS for a while. */
public enum TemporaryCode implements ErrorCode {
    /** AWS-121: something of this name is there, and this run has not made it. */
    NOT_OURS(
            "AWS-121",
            "Something of this name is there, and this run has not made it",
            "Nothing was changed. See who made it: what a run makes carries the tag sluice-run with the run's id");

    private final String id;
    private final String meaning;
    private final String remedy;

    TemporaryCode(String id, String meaning, String remedy) {
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
