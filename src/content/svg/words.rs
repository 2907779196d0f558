//! The elements and attributes of SVG that draw, and what editors add for themselves.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

type Words = LazyLock<FxHashSet<&'static str>>;

static ELEMENTS: Words = LazyLock::new(|| {
    let words = "
        svg g defs symbol use switch view a title desc metadata style
        path rect circle ellipse line polyline polygon image
        text tspan textPath flowRoot flowRegion flowPara flowSpan flowDiv flowLine
        linearGradient radialGradient stop pattern clipPath mask marker
        meshgradient meshrow meshpatch hatch hatchpath solidcolor
        filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
        feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
        feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
        fePointLight feSpecularLighting feSpotLight feTile feTurbulence
        animate animateTransform animateMotion set mpath";
    words.split_ascii_whitespace().collect()
});

/// Attributes whose value no browser takes for a style or an address.
static PLAIN: Words = LazyLock::new(|| {
    let words = "
        id class lang role tabindex type media title target rel version baseProfile contentStyleType
        enable-background zoomAndPan preserveAspectRatio viewBox viewTarget
        systemLanguage requiredFeatures requiredExtensions externalResourcesRequired
        d points pathLength x y x1 y1 x2 y2 z cx cy r rx ry fx fy fr dx dy width height offset
        rotate textLength lengthAdjust method spacing side startOffset glyph-orientation-vertical
        gradientUnits spreadMethod patternUnits patternContentUnits clipPathUnits maskUnits
        maskContentUnits markerUnits markerWidth markerHeight refX refY orient hatchUnits
        filterUnits primitiveUnits filterRes result in in2 mode operator k1 k2 k3 k4 order
        kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha
        surfaceScale diffuseConstant specularConstant specularExponent limitingConeAngle azimuth
        elevation pointsAtX pointsAtY pointsAtZ scale xChannelSelector yChannelSelector
        stdDeviation radius baseFrequency numOctaves seed stitchTiles tableValues slope intercept
        amplitude exponent
        attributeType begin dur end min max restart repeatCount repeatDur calcMode keyTimes
        keySplines keyPoints additive accumulate origin path";
    words.split_ascii_whitespace().collect()
});

/// Attributes that browsers read as CSS.
static STYLED: Words = LazyLock::new(|| {
    let words = "
        style transform gradientTransform patternTransform transform-origin transform-box
        from to by values
        alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
        color-interpolation-filters color-profile color-rendering cursor direction display
        dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font
        font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch
        font-style font-variant font-variant-caps font-variant-east-asian font-variant-ligatures
        font-variant-numeric font-variant-position font-variation-settings font-weight
        glyph-orientation-horizontal image-rendering inline-size isolation kerning letter-spacing
        lighting-color line-height marker marker-end marker-mid marker-start mask mask-type
        mix-blend-mode opacity overflow paint-order pointer-events shape-inside shape-margin
        shape-padding shape-rendering solid-color solid-opacity stop-color stop-opacity stroke
        stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
        stroke-opacity stroke-width text-align text-anchor text-decoration text-decoration-color
        text-decoration-line text-decoration-style text-indent text-orientation text-overflow
        text-rendering text-transform unicode-bidi vector-effect visibility white-space
        word-spacing writing-mode background background-color border";
    words.split_ascii_whitespace().collect()
});

/// The beginnings of namespaces in which editors note what only they use. Browsers do nothing with
/// them.
const EDITORS: [&str; 20] = [
    "http://www.inkscape.org/namespaces/",
    "http://sodipodi.sourceforge.net/",
    "http://www.openswatchbook.org/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
    "adobe:ns:meta/",
    "http://ns.adobe.com/",
    "http://www.serif.com/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.figma.com/figma/",
    "http://vectornator.io",
    "http://boxy-svg.com",
    "https://boxy-svg.com",
    "http://svgjs.com/",
    "http://svgjs.dev/",
    "http://xml.openoffice.org/svg/",
    "http://schemas.microsoft.com/visio/",
    "http://krita.org/namespaces/",
];

pub(super) fn is_element(name: &str) -> bool {
    ELEMENTS.contains(name)
}

pub(super) fn is_plain(name: &str) -> bool {
    PLAIN.contains(name) || name.starts_with("data-") || name.starts_with("aria-")
}

pub(super) fn is_styled(name: &str) -> bool {
    STYLED.contains(name)
}

/// Whether an animation may change an attribute; one of `href` would change where something leads.
pub(super) fn is_animated(name: &str) -> bool {
    PLAIN.contains(name) || (STYLED.contains(name) && name != "style")
}

pub(super) fn is_of_an_editor(namespace: &str) -> bool {
    EDITORS.iter().any(|start| namespace.starts_with(start))
}
