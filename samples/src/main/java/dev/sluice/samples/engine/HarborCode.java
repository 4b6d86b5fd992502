// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.engine;

import dev.sluice.api.error.ErrorCode;

/** A code of this engine's own problems: people search for it. With more than one of them an enum says it better. */
record HarborCode(String id, String meaning, String remedy) implements ErrorCode {}
