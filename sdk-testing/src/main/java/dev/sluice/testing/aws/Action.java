// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** What answers one kind of call. It is called while nobody else reads or changes the state. */
interface Action {
    /**
     * Does it.
     *
     * @param ask what is asked for
     * @param result takes the content of the answer
     * @throws ApiRefusal if it is refused; nothing is changed then
     */
    void answer(Ask ask, Xml result);
}
