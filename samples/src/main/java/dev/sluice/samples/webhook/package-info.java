// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** Tells a webhook, such as that of a chat or an on-call service, what becomes of runs. */
@NullMarked
package dev.sluice.samples.webhook;

import org.jspecify.annotations.NullMarked;
