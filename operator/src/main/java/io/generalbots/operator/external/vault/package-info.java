/** Steps at a server that speaks the API of Vault, and the drivers that do them. */
@NullMarked
package io.generalbots.operator.external.vault;

import org.jspecify.annotations.NullMarked;
