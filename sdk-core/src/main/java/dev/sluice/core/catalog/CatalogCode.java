// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.error.ErrorCode;

/** What can go wrong while definitions are read. */
public enum CatalogCode implements ErrorCode {
    NOT_SHOWN(
            "CORE-401",
            "The definition of an object cannot be read",
            "Grant the user what shows it: SHOW_ROUTINE on 8.0.20 and later, or SELECT on *.*, for routines; TRIGGER, EVENT and SHOW VIEW for the others");

    private final String id;
    private final String meaning;
    private final String remedy;

    CatalogCode(String id, String meaning, String remedy) {
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
