/** Tests. */
@NullMarked
package io.generalbots.edge.table;

import org.jspecify.annotations.NullMarked;
