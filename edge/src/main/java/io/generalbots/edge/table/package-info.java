/** The published tables: where they come from, and the one that counts now. */
@NullMarked
package io.generalbots.edge.table;

import org.jspecify.annotations.NullMarked;
