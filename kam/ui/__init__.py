"""The only part of the domain that knows Streamlit: state, frame, inputs, parts."""
