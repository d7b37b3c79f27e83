/** What Cells are made of. */
@NullMarked
package io.generalbots.operator.tenant.cell;

import org.jspecify.annotations.NullMarked;
