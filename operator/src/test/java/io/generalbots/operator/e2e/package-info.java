/** Tests on real pods of a real node, with an operator that is installed there already. */
@NullMarked
package io.generalbots.operator.e2e;

import org.jspecify.annotations.NullMarked;
