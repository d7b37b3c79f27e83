/** Steps outside of the Kubernetes API and the drivers that do them. */
@NullMarked
package io.generalbots.operator.external;

import org.jspecify.annotations.NullMarked;
