// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Where server programs come from (jars on the class path, an archive that Maven fetches, Debian packages) and how each becomes
 * an {@link dev.sluice.testservers.install.Installation} in a cache of the user's own. Internal to this module.
 */
@NullMarked
package dev.sluice.testservers.install;

import org.jspecify.annotations.NullMarked;
