/** Steps at a vault, done at a real server. */
@NullMarked
package io.generalbots.operator.external.vault;

import org.jspecify.annotations.NullMarked;
