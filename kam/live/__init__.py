"""What plain `streamlit run` cannot do: the launcher, its headers and its compression."""
