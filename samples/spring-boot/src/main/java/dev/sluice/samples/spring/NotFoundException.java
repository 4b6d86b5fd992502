// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

/** Somebody asked for what is not there. */
class NotFoundException extends RuntimeException {
    NotFoundException(String what) {
        super(what);
    }
}
