// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

/** What the failing call did to the database. What earlier steps of the run did is in the journal. */
public enum Effect {
    /** The failing call changed nothing. */
    NONE,
    /** The change is in place, but something after it failed. */
    APPLIED,
    /** The change may or may not be in place: look before anything is repeated or undone. */
    UNKNOWN
}
