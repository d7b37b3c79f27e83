/** Documents that are made from what the operator really does. */
@NullMarked
package io.generalbots.operator.docs;

import org.jspecify.annotations.NullMarked;
