/** Tests of how load is measured. */
@NullMarked
package io.generalbots.operator.external.load;

import org.jspecify.annotations.NullMarked;
