// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.api.run.RunId;

/** What somebody asked for cannot be done as a run stands now. Nothing was done. */
class ConflictException extends RuntimeException {
    private final String address;

    ConflictException(RunId run, String why) {
        super("The run " + run + " " + why);
        this.address = "/runs/" + run;
    }

    /** Where the run is found. */
    String address() {
        return address;
    }
}
