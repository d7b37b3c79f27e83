/** Qdrant's peers and collections: what is asked of them, and how it is decided. */
@NullMarked
package io.generalbots.operator.external.qdrant;

import org.jspecify.annotations.NullMarked;
